// The AI SDK, which opencode is built on: its provider for the Responses API, and the one for Chat Completions.
import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { generateText, Output, stepCountIs, streamText, tool } from 'ai';
import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { z } from 'zod';
import { Gateway, LONG_PROMPT, MANY_TOOLS } from './gateway.mjs';
import { USAGE, Upstream, answer, calls, cut, says } from './upstream.mjs';

globalThis.AI_SDK_LOG_WARNINGS = false;
const City = z.object({ city: z.string() });
let upstream, gateway;

before(async () => {
  upstream = await Upstream.start();
  gateway = await Gateway.start(upstream);
});
after(async () => { await gateway?.stop(); upstream?.stop(); });

const models = {
  'Responses API': () => createOpenAI({ baseURL: gateway.baseURL, apiKey: 'none' }).responses('test-model'),
  'Chat Completions': () => createOpenAICompatible({ name: 'gateway', baseURL: gateway.baseURL, includeUsage: true, supportsStructuredOutputs: true })('test-model'),
};
// Agents keep the conversation themselves.
const providerOptions = { openai: { store: false, forceReasoning: true, reasoningSummary: 'auto', include: ['reasoning.encrypted_content'] } };

for (const [api, model] of Object.entries(models)) {
  describe(`over the ${api}`, () => {
    const ask = (options) => streamText({ model: model(), maxRetries: 0, providerOptions, onError() {}, ...options });
    const lookup = (ran, name) => tool({ description: name, inputSchema: City, execute: async ({ city }) => { ran.push([name, city]); return `${name} of ${city}`; } });

    test('a text comes in pieces, with an end and usage', async () => {
      upstream.will(says('Hello', ', ', 'wörld ☕'));
      const result = ask({ prompt: 'Hi' });
      const pieces = [];
      for await (const piece of result.textStream) pieces.push(piece);
      assert.deepEqual(pieces, ['Hello', ', ', 'wörld ☕']);
      assert.equal(await result.finishReason, 'stop');
      assert.equal((await result.totalUsage).outputTokens, USAGE.completion_tokens);
    });

    test('tools run, two at once, and the model goes on from what they say', async () => {
      const ran = [];
      upstream.will(
        answer([{ reasoning_content: 'Two things.' }, ...calls(['call_a', 'weather', { city: 'Zürich' }], ['call_b', 'time', { city: 'Oslo' }]).deltas], 'tool_calls'),
        calls(['call_c', 'time', { city: 'Bern' }]),
        says('Done.'));
      const result = ask({ prompt: 'Hi', tools: { weather: lookup(ran, 'weather'), time: lookup(ran, 'time') }, stopWhen: stepCountIs(5) });
      assert.equal(await result.text, 'Done.');
      assert.deepEqual(ran, [['weather', 'Zürich'], ['time', 'Oslo'], ['time', 'Bern']]);
      const steps = await result.steps;
      assert.deepEqual(steps.map((s) => s.finishReason), ['tool-calls', 'tool-calls', 'stop']);
      assert.equal(steps[0].reasoningText, 'Two things.');
      const { messages } = upstream.requests[2];
      assert.deepEqual(messages.map((m) => m.role), ['user', 'assistant', 'tool', 'tool', 'assistant', 'tool']);
      assert.match(messages[5].content, /time of Bern/);
    });

    test('an object comes as its schema says', async () => {
      upstream.will(says('{"city":', '"Bern"}'));
      const { output } = await generateText({ model: model(), maxRetries: 0, prompt: 'Where?', output: Output.object({ schema: City }) });
      assert.deepEqual(output, { city: 'Bern' });
      assert.equal(upstream.requests[0].response_format.type, 'json_schema');
    });

    test('a long prompt and many tools arrive as they are', async () => {
      const ran = [];
      upstream.will(calls(['call_1', 'task', { city: 'x' }]), says('Done.'));
      const tools = Object.fromEntries(MANY_TOOLS.map((name) => [name, lookup(ran, name)]));
      const result = ask({ system: LONG_PROMPT, prompt: 'Go on', tools, stopWhen: stepCountIs(3) });
      assert.equal(await result.text, 'Done.');
      assert.deepEqual(ran, [['task', 'x']]);
      for (const request of upstream.requests) {
        assert.equal(request.messages[0].content, LONG_PROMPT);
        assert.deepEqual(request.tools.map((t) => t.function.name), MANY_TOOLS);
      }
    });

    test('a limit of tokens is told', async () => {
      upstream.will(answer([{ content: 'Half' }], 'length'));
      const result = ask({ prompt: 'Hi', maxOutputTokens: 16 });
      assert.equal(await result.text, 'Half');
      assert.equal(await result.finishReason, 'length');
    });

    test('a stream that breaks off is no success', async () => {
      upstream.will(cut({ content: 'Half' }, 200));
      const parts = [];
      for await (const part of ask({ prompt: 'Hi' }).fullStream) parts.push(part.type);
      assert.ok(parts.includes('error'), parts.join());
    });
  });
}
