// A server of the Model Context Protocol over stdio with one tool, which Codex offers inside a namespace.
import readline from 'node:readline';

const tool = { name: 'look_up', description: 'Looks up a word', inputSchema: { type: 'object', properties: { word: { type: 'string' } }, required: ['word'] } };
const answers = {
  initialize: ({ protocolVersion }) => ({ protocolVersion, capabilities: { tools: {} }, serverInfo: { name: 'dictionary', version: '1' } }),
  'tools/list': () => ({ tools: [tool] }),
  'tools/call': ({ arguments: { word } }) => ({ content: [{ type: 'text', text: `${word} means something` }] }),
  ping: () => ({}),
};
for await (const line of readline.createInterface({ input: process.stdin })) {
  const { id, method, params } = JSON.parse(line);
  if (id === undefined) continue;
  const answer = answers[method] ? { result: answers[method](params) } : { error: { code: -32601, message: `No method ${method}` } };
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', id, ...answer })}\n`);
}
