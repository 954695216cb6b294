// Clients that leave the conversation to the gateway: they go on with a response or refer to its items.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { stepCountIs, streamText, tool } from 'ai';
import { createOpenAI } from '@ai-sdk/openai';
import OpenAI from 'openai';
import { ResponsesWS } from 'openai/resources/responses/ws';
import { z } from 'zod';
import { Gateway } from './gateway.mjs';
import { Upstream, answer, calls, says } from './upstream.mjs';

globalThis.AI_SDK_LOG_WARNINGS = false;
const model = 'test-model';
const parameters = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'], additionalProperties: false };
const tools = [{ type: 'function', name: 'weather', parameters, strict: true }];
const output = (call, text) => ({ type: 'function_call_output', call_id: call.call_id, output: text });
const roles = (request) => request.messages.map((m) => m.role);
let upstream, gateway, client;

before(async () => {
  upstream = await Upstream.start();
  gateway = await Gateway.start(upstream);
  client = new OpenAI({ baseURL: gateway.baseURL, apiKey: 'none', maxRetries: 0 });
});
after(async () => { await gateway?.stop(); upstream?.stop(); });

for (const stream of [true, false]) {
  test(`a conversation that only says what is new, ${stream ? 'in events' : 'as a whole'}`, async () => {
    const ask = (body) => (stream ? client.responses.stream({ model, tools, ...body }).finalResponse() : client.responses.create({ model, tools, ...body }));
    upstream.will(answer([{ reasoning_content: 'Where?' }, ...calls(['call_1', 'weather', { city: 'Bern' }]).deltas], 'tool_calls'), says('Sunny.'), says('Bern.'));
    const first = await ask({ input: 'Weather in Bern?' });
    const call = first.output.find((item) => item.type === 'function_call');
    const second = await ask({ previous_response_id: first.id, input: [output(call, 'sunny')] });
    const third = await ask({ previous_response_id: second.id, input: 'Where was that?' });

    assert.equal(third.output_text, 'Bern.');
    assert.equal(third.previous_response_id, second.id);
    const [, , { messages }] = upstream.requests;
    assert.deepEqual(roles({ messages }), ['user', 'assistant', 'tool', 'assistant', 'user']);
    assert.equal(messages[0].content, 'Weather in Bern?');
    assert.equal(messages[1].tool_calls[0].id, 'call_1');
    assert.equal(messages[2].content, 'sunny');
    assert.equal(messages[3].content, 'Sunny.');
  });
}

test('two ways to go on from the same response know nothing of each other', async () => {
  upstream.will(says('Hello.'), says('Left.'), says('Right.'), says('Again left.'));
  const root = await client.responses.create({ model, input: 'Hi' });
  const left = await client.responses.create({ model, previous_response_id: root.id, input: 'left' });
  await client.responses.create({ model, previous_response_id: root.id, input: 'right' });
  await client.responses.create({ model, previous_response_id: left.id, input: 'on' });
  assert.deepEqual(upstream.requests.map((r) => r.messages.filter((m) => m.role === 'user').map((m) => m.content)),
    [['Hi'], ['Hi', 'left'], ['Hi', 'right'], ['Hi', 'left', 'on']]);
});

test('what is not stored is not found, and says so as OpenAI does', async () => {
  upstream.will(says('Hello.'));
  const { id, store } = await client.responses.create({ model, input: 'Hi', store: false });
  assert.equal(store, false);
  await assert.rejects(client.responses.create({ model, previous_response_id: id, input: 'So?' }), (e) => {
    assert.ok(e instanceof OpenAI.BadRequestError);
    assert.equal(e.code, 'previous_response_not_found');
    assert.equal(e.param, 'previous_response_id');
    return true;
  });
  assert.equal(upstream.requests.length, 1);
});

test('the AI SDK refers to the items of the turns before, reasoning and calls among them', async () => {
  const ran = [];
  const weather = tool({ description: 'Weather', inputSchema: z.object({ city: z.string() }), execute: async ({ city }) => { ran.push(city); return `sunny in ${city}`; } });
  const sent = [];
  const spy = async (url, init) => { sent.push(JSON.parse(init.body)); return fetch(url, init); };
  const messages = [];
  const ask = async (content) => {
    messages.push({ role: 'user', content });
    const result = streamText({
      model: createOpenAI({ baseURL: gateway.baseURL, apiKey: 'none', fetch: spy }).responses(model), maxRetries: 0, messages,
      tools: { weather }, stopWhen: stepCountIs(4), providerOptions: { openai: { forceReasoning: true, reasoningSummary: 'auto' } },
    });
    await result.consumeStream({ onError(e) { throw e; } });
    messages.push(...(await result.response).messages);
    return result.text;
  };
  upstream.will(
    answer([{ reasoning_content: 'I ask.' }, ...calls(['call_1', 'weather', { city: 'Bern' }]).deltas], 'tool_calls'), says('Sunny.'),
    answer([{ reasoning_content: 'Again.' }, ...calls(['call_2', 'weather', { city: 'Oslo' }]).deltas], 'tool_calls'), says('There, too.'),
    says('Bern and Oslo.'));

  assert.equal(await ask('Bern?'), 'Sunny.');
  assert.equal(await ask('Oslo?'), 'There, too.');
  assert.equal(await ask('Which?'), 'Bern and Oslo.');

  assert.deepEqual(ran, ['Bern', 'Oslo']);
  // it refers to reasoning, and sends the rest again
  assert.equal(sent.at(-1).input.filter((item) => item.type === 'item_reference').length, 2, JSON.stringify(sent.at(-1).input));
  const last = upstream.requests.at(-1);
  assert.deepEqual(roles(last), ['user', 'assistant', 'tool', 'assistant', 'user', 'assistant', 'tool', 'assistant', 'user']);
  assert.deepEqual(last.messages.flatMap((m) => m.tool_calls ?? []).map((c) => c.id), ['call_1', 'call_2']);
  assert.match(last.messages[6].content, /sunny in Oslo/);
});

test('what is made in the background is fetched when it is done', async () => {
  upstream.will(answer([{ content: 'Slow' }, 200, { content: 'ly.' }]));
  let response = await client.responses.create({ model, input: 'Hi', background: true });
  assert.ok(['queued', 'in_progress'].includes(response.status), response.status);
  while (['queued', 'in_progress'].includes(response.status)) response = await client.responses.retrieve(response.id);
  assert.equal(response.status, 'completed');
  assert.equal(response.output_text, 'Slowly.');
  const { data } = await client.responses.inputItems.list(response.id);
  assert.match(JSON.stringify(data), /"Hi"/);
  await client.responses.delete(response.id);
  await assert.rejects(client.responses.retrieve(response.id), OpenAI.NotFoundError);
});

test('a stream of the background that was left is taken up where it was left', async () => {
  upstream.will(answer([{ content: 'One ' }, { content: 'two ' }, 200, { content: 'three.' }]));
  const seen = [];
  const stream = await client.responses.create({ model, input: 'Count', background: true, stream: true });
  for await (const event of stream) {
    seen.push(event);
    if (event.type === 'response.output_text.delta') break;
  }
  const { id } = seen[0].response;
  for await (const event of await client.responses.retrieve(id, { stream: true, starting_after: seen.at(-1).sequence_number })) seen.push(event);
  assert.deepEqual(seen.map((e) => e.sequence_number), seen.map((_, i) => i));
  assert.equal(seen.filter((e) => e.type === 'response.output_text.delta').map((e) => e.delta).join(''), 'One two three.');
  assert.equal(seen.at(-1).type, 'response.completed');
});

test('what is not wanted any more is cancelled', async () => {
  upstream.will(answer([{ content: 'Never' }, 30_000, { content: ' ending' }]));
  const { id } = await client.responses.create({ model, input: 'Go on', background: true });
  assert.equal((await client.responses.cancel(id)).status, 'cancelled');
  assert.equal((await client.responses.retrieve(id)).status, 'cancelled');
});

test('a conversation over one WebSocket, of which nothing is stored', async () => {
  upstream.will(calls(['call_1', 'weather', { city: 'Bern' }]), says('Sunny.'));
  const socket = new ResponsesWS(client);
  const turn = (body) => new Promise((done, failed) => {
    const events = [];
    const listen = (event) => {
      events.push(event);
      if (event.type !== 'response.completed') return;
      socket.off('event', listen);
      done({ events, response: event.response });
    };
    socket.on('event', listen);
    socket.on('error', failed);
    socket.send({ type: 'response.create', model, tools, store: false, ...body });
  });
  try {
    const { response, events } = await turn({ input: 'Weather in Bern?' });
    assert.deepEqual(events.map((e) => e.sequence_number), events.map((_, i) => i));
    const [call] = response.output;
    const second = await turn({ previous_response_id: response.id, input: [output(call, 'sunny')] });
    assert.equal(second.response.output[0].content[0].text, 'Sunny.');
    assert.deepEqual(roles(upstream.requests[1]), ['user', 'assistant', 'tool']);
  } finally {
    socket.close();
  }
});
