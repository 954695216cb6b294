// The official client for JavaScript, over both wire APIs.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import OpenAI from 'openai';
import { zodResponseFormat, zodTextFormat } from 'openai/helpers/zod';
import { z } from 'zod';
import { Gateway, LONG_PROMPT, MANY_TOOLS } from './gateway.mjs';
import { USAGE, Upstream, answer, calls, cut, refuses, says } from './upstream.mjs';

const model = 'test-model';
const parameters = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'], additionalProperties: false };
const tool = (name) => ({ type: 'function', name, description: `Does ${name}`, parameters, strict: true });
const Weather = z.object({ city: z.string(), degrees: z.number() });
let upstream, gateway, client;

before(async () => {
  upstream = await Upstream.start();
  gateway = await Gateway.start(upstream, { QUARKUS_LLM_GATEWAY_KEEP_ALIVE: '0.1S', QUARKUS_LLM_GATEWAY_COMMIT_AFTER: '0.1S' });
  client = new OpenAI({ baseURL: gateway.baseURL, apiKey: 'none', maxRetries: 0 });
});
after(async () => { await gateway?.stop(); upstream?.stop(); });

/** The events of a stream and the response that the client has put together from them. */
async function streamed(request) {
  const stream = client.responses.stream({ model, ...request });
  const events = [];
  for await (const event of stream) events.push(event);
  return { events, types: events.map((e) => e.type), response: await stream.finalResponse() };
}

test('a text comes in pieces, numbered, with usage', async () => {
  upstream.will(says('Hello', ', ', 'wörld ☕'));
  const { events, types, response } = await streamed({ input: 'Hi' });
  assert.deepEqual(events.map((e) => e.sequence_number), events.map((_, i) => i));
  assert.equal(types.filter((t) => t === 'response.output_text.delta').length, 3);
  assert.equal(response.output_text, 'Hello, wörld ☕');
  assert.equal(response.status, 'completed');
  assert.equal(response.usage.input_tokens, USAGE.prompt_tokens);
  assert.equal(response.usage.output_tokens, USAGE.completion_tokens);
});

test('calls that are told at the same time come apart, and their outputs go back to them', async () => {
  upstream.will(calls(['call_a', 'weather', { city: 'Zürich' }], ['call_b', 'time', { city: 'Oslo' }]), says('Both.'));
  const tools = [tool('weather'), tool('time')];
  const input = [{ role: 'user', content: 'Weather and time?' }];
  const { response } = await streamed({ input, tools });
  const made = response.output.filter((item) => item.type === 'function_call');
  assert.deepEqual(made.map((c) => [c.call_id, c.name, JSON.parse(c.arguments)]), [['call_a', 'weather', { city: 'Zürich' }], ['call_b', 'time', { city: 'Oslo' }]]);

  input.push(...response.output, ...made.map((c) => ({ type: 'function_call_output', call_id: c.call_id, output: `out of ${c.call_id}` })));
  assert.equal((await streamed({ input, tools })).response.output_text, 'Both.');
  const [, assistant, ...outputs] = upstream.requests[1].messages;
  assert.deepEqual(assistant.tool_calls.map((c) => c.id), ['call_a', 'call_b']);
  assert.deepEqual(outputs, ['call_a', 'call_b'].map((id) => ({ role: 'tool', tool_call_id: id, content: `out of ${id}` })));
});

test('reasoning is a summary, and an item of its own before the text', async () => {
  upstream.will(answer([{ reasoning_content: 'Let me ' }, { reasoning_content: 'think.' }, { content: 'So be it.' }]));
  const { types, response } = await streamed({ input: 'Hi', reasoning: { summary: 'auto' } });
  assert.deepEqual(response.output.map((item) => item.type), ['reasoning', 'message']);
  assert.equal(response.output[0].summary[0].text, 'Let me think.');
  assert.equal(types.filter((t) => t === 'response.reasoning_summary_text.delta').length, 2);
  assert.ok(types.indexOf('response.reasoning_summary_text.done') < types.indexOf('response.output_text.delta'));
});

test('an object comes as its schema says', async () => {
  upstream.will(says('{"city":"Bern",', '"degrees":21.5}'), says('{"city":"Rome","degrees":30}'));
  const text = { format: zodTextFormat(Weather, 'weather') };
  assert.deepEqual((await client.responses.parse({ model, input: 'Weather?', text })).output_parsed, { city: 'Bern', degrees: 21.5 });
  assert.deepEqual((await streamed({ input: 'Weather?', text })).response.output_parsed, { city: 'Rome', degrees: 30 });
  for (const { response_format: format } of upstream.requests) {
    assert.equal(format.type, 'json_schema');
    assert.equal(format.json_schema.name, 'weather');
    assert.deepEqual(format.json_schema.schema.required, ['city', 'degrees']);
  }
});

test('an answer as a whole has the same as a stream', async () => {
  upstream.will(answer([{ reasoning_content: 'Hm.' }, { content: 'Hello' }, ...calls(['call_1', 'weather', { city: 'Bern' }]).deltas], 'tool_calls'));
  const response = await client.responses.create({ model, input: 'Hi', tools: [tool('weather')] });
  assert.deepEqual(response.output.map((item) => item.type), ['reasoning', 'message', 'function_call']);
  assert.equal(response.output_text, 'Hello');
  assert.deepEqual(JSON.parse(response.output[2].arguments), { city: 'Bern' });
  assert.equal(response.usage.total_tokens, USAGE.total_tokens);
});

test('a long prompt and many tools arrive as they are', async () => {
  assert.ok(Buffer.byteLength(LONG_PROMPT) >= 48 * 1024);
  upstream.will(calls(['call_1', 'grep', { city: 'needle' }]));
  const { response } = await streamed({ instructions: LONG_PROMPT, input: 'Go on', tools: MANY_TOOLS.map(tool) });
  assert.equal(response.output[0].name, 'grep');
  const [request] = upstream.requests;
  assert.equal(request.messages[0].content, LONG_PROMPT);
  assert.deepEqual(request.tools.map((t) => t.function.name), MANY_TOOLS);
  assert.deepEqual(request.tools[0].function.parameters, parameters);
});

test('a silence changes nothing, whatever keeps the connection alive', async () => {
  const [first, ...rest] = calls(['call_1', 'weather', { city: 'Bern' }]).deltas;
  upstream.will(answer([500, { reasoning_content: 'Hm' }, 500, { content: 'One' }, 500, { content: ' two' }, first, 500, ...rest], 'tool_calls'));
  const { types, response } = await streamed({ input: 'Hi', tools: [tool('weather')] });
  assert.equal(response.output[0].summary[0].text, 'Hm');
  assert.equal(response.output_text, 'One two');
  assert.equal(response.output[2].arguments, '{"city":"Bern"}');
  assert.ok(types.filter((t) => t === 'response.in_progress').length > 1, 'no sign of life before the first item');
  assert.ok(types.filter((t) => t === 'response.output_text.delta').length > 2, 'no sign of life within a text');
});

test('what the server refuses is refused in its words', async () => {
  upstream.will(refuses(400, { message: 'No such field', type: 'invalid_request_error', param: 'foo', code: 'unknown_parameter' }));
  await assert.rejects(client.responses.create({ model, input: 'Hi' }), (e) => {
    assert.ok(e instanceof OpenAI.BadRequestError);
    assert.equal(e.code, 'unknown_parameter');
    assert.match(e.message, /No such field/);
    return true;
  });
});

test('a stream that breaks off is no success', async () => {
  upstream.will(cut({ content: 'Half' }, 200));
  const types = [];
  await assert.rejects(async () => {
    for await (const { type } of await client.responses.create({ model, input: 'Hi', stream: true })) types.push(type);
  }, OpenAI.APIError);
  assert.ok(types.includes('response.output_text.delta'), types.join());
  assert.ok(!types.includes('response.completed'));
});

test('the models are those of the server', async () => {
  const ids = [];
  for await (const { id } of client.models.list()) ids.push(id);
  assert.deepEqual(ids, [model]);
});

test('over Chat Completions calls come apart as well', async () => {
  upstream.will(calls(['call_a', 'weather', { city: 'Zürich' }], ['call_b', 'time', { city: 'Oslo' }]));
  const tools = ['weather', 'time'].map((name) => ({ type: 'function', function: { name, parameters } }));
  const stream = client.chat.completions.stream({ model, messages: [{ role: 'user', content: 'Hi' }], tools, stream_options: { include_usage: true } });
  const [choice] = (await stream.finalChatCompletion()).choices;
  assert.equal(choice.finish_reason, 'tool_calls');
  assert.deepEqual(choice.message.tool_calls.map((c) => [c.id, c.function.name, JSON.parse(c.function.arguments)]), [['call_a', 'weather', { city: 'Zürich' }], ['call_b', 'time', { city: 'Oslo' }]]);
  assert.equal((await stream.totalUsage()).total_tokens, USAGE.total_tokens);
});

test('over Chat Completions an object comes as its schema says', async () => {
  upstream.will(says('{"city":"Bern","degrees":21.5}'));
  const { choices } = await client.chat.completions.parse({ model, messages: [{ role: 'user', content: 'Weather?' }], response_format: zodResponseFormat(Weather, 'weather') });
  assert.deepEqual(choices[0].message.parsed, { city: 'Bern', degrees: 21.5 });
});
