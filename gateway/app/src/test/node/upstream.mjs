// A server of Chat Completions that gives the answers it was told to give, in order, and keeps the requests.
import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

export const USAGE = { prompt_tokens: 11, completion_tokens: 7, total_tokens: 18 };
const DONE = 'data: [DONE]\n\n';

/** An answer: deltas as they go over the wire, a number is a pause in milliseconds. */
export const answer = (deltas, finish = 'stop') => ({ deltas, finish });
export const says = (...texts) => answer(texts.map((content) => ({ content })));
/** Calls whose arguments come in pieces, one of each call in turn. */
export const calls = (...list) => {
  const pieces = list.map(([, , args]) => JSON.stringify(args).match(/.{1,5}/gsu));
  const deltas = list.map(([id, name], index) => ({ tool_calls: [{ index, id, type: 'function', function: { name, arguments: '' } }] }));
  for (let i = 0; i < Math.max(...pieces.map((p) => p.length)); i++) {
    pieces.forEach((p, index) => { if (p[i]) deltas.push({ tool_calls: [{ index, function: { arguments: p[i] } }] }); });
  }
  return answer(deltas, 'tool_calls');
};
/** Breaks off after these deltas, without an end. */
export const cut = (...deltas) => ({ deltas, cut: true });
export const refuses = (status, error) => ({ status, error });

export class Upstream {
  requests = [];
  #queue = [];
  #server;

  static async start() {
    const upstream = new Upstream();
    upstream.#server = http.createServer((req, res) => upstream.#handle(req, res).catch((e) => res.destroy(e)));
    await new Promise((up) => upstream.#server.listen(0, '127.0.0.1', up));
    return upstream;
  }

  get baseURL() { return `http://127.0.0.1:${this.#server.address().port}/v1`; }

  /** What comes next, each an answer or what makes one of the request; forgets what was before. */
  will(...answers) { this.#queue = answers; this.requests = []; }

  stop() { this.#server.closeAllConnections(); this.#server.close(); }

  async #handle(req, res) {
    let body = '';
    for await (const piece of req.setEncoding('utf8')) body += piece;
    if (req.url === '/v1/models') return json(res, 200, { object: 'list', data: [{ id: 'test-model', object: 'model', created: 1, owned_by: 'test' }] });
    if (req.url !== '/v1/chat/completions') return json(res, 404, { error: { message: `No route ${req.url}` } });
    const request = JSON.parse(body);
    this.requests.push(request);
    let next = this.#queue.shift() ?? refuses(500, { message: 'Nobody has said what to answer' });
    if (typeof next === 'function') next = next(request);
    if (next.error) return json(res, next.status, { error: next.error });
    return request.stream ? stream(res, request, next) : whole(res, next);
  }
}

function json(res, status, value) {
  res.writeHead(status, { 'content-type': 'application/json' });
  res.end(JSON.stringify(value));
}

async function stream(res, request, { deltas, finish, cut }) {
  const send = (choices, more = {}) => res.write(`data: ${JSON.stringify({ id: 'chatcmpl-up', object: 'chat.completion.chunk', created: 1, model: 'test-model', choices, ...more })}\n\n`);
  res.writeHead(200, { 'content-type': 'text/event-stream' });
  send([{ index: 0, delta: { role: 'assistant' }, finish_reason: null }]);
  for (const delta of deltas) {
    if (typeof delta === 'number') await sleep(delta);
    else send([{ index: 0, delta, finish_reason: null }]);
  }
  if (cut) return res.destroy();
  send([{ index: 0, delta: {}, finish_reason: finish }]);
  if (request.stream_options?.include_usage) send([], { usage: USAGE });
  res.end(DONE);
}

function whole(res, { deltas, finish }) {
  const message = { role: 'assistant', content: null };
  for (const delta of deltas) {
    for (const field of ['content', 'reasoning_content']) if (delta[field]) message[field] = (message[field] ?? '') + delta[field];
    for (const call of delta.tool_calls ?? []) {
      const calls = (message.tool_calls ??= []);
      calls[call.index] ??= { id: call.id, type: 'function', function: { name: call.function.name, arguments: '' } };
      calls[call.index].function.arguments += call.function.arguments;
    }
  }
  json(res, 200, { id: 'chatcmpl-up', object: 'chat.completion', created: 1, model: 'test-model', choices: [{ index: 0, message, finish_reason: finish, logprobs: null }], usage: USAGE });
}
