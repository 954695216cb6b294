// The Codex CLI over the Responses API: it runs its tools for real, in a folder and with a home that are thrown away.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { Gateway } from '../node/gateway.mjs';
import { Upstream, answer, calls, says } from '../node/upstream.mjs';

const CODEX = process.env.CODEX ?? 'codex';
let upstream, gateway, home, folder;

before(async () => {
  upstream = await Upstream.start();
  gateway = await Gateway.start(upstream, { QUARKUS_LLM_GATEWAY_KEEP_ALIVE: '1S', QUARKUS_LLM_GATEWAY_COMMIT_AFTER: '1S' });
  home = mkdtempSync(path.join(os.tmpdir(), 'codex-'));
  folder = path.join(home, 'work');
  mkdirSync(folder);
});
after(async () => {
  await gateway?.stop();
  upstream?.stop();
  if (home) rmSync(home, { recursive: true, force: true });
});

/** The settings that the log of the gateway tells, and what a test must have besides. */
function configure(model, more = '', webSockets = false) {
  const told = gateway.log.slice(gateway.log.indexOf('model = '), gateway.log.indexOf('opencode, in'));
  assert.match(told, /wire_api = "responses"/);
  writeFileSync(path.join(home, 'config.toml'), [
    'check_for_update_on_startup = false',
    told.replace(/^model = .*/, `model = "${model}"`),
    'request_max_retries = 0', 'stream_max_retries = 0', 'stream_idle_timeout_ms = 3000', `supports_websockets = ${webSockets}`,
    '[analytics]', 'enabled = false', more].join('\n'));
}

/** One turn; the items that Codex has told as JSON. */
async function codex(prompt) {
  const args = ['exec', '--json', '--skip-git-repo-check', '--dangerously-bypass-approvals-and-sandbox', '-C', folder, prompt];
  const running = promisify(execFile)(CODEX, args, { env: { ...process.env, CODEX_HOME: home }, timeout: 60_000 });
  running.child.stdin.end();
  const { stdout } = await running.catch((e) => e);
  const events = stdout.split('\n').filter(Boolean).map((line) => JSON.parse(line));
  assert.ok(events.some((e) => e.type === 'turn.completed'), `${stdout}\n${gateway.log.slice(-2000)}`);
  assert.deepEqual(events.filter((e) => e.type === 'error' || e.type === 'turn.failed'), []);
  return events.filter((e) => e.type === 'item.completed').map((e) => e.item);
}

const offered = (request, part) => {
  const found = request.tools.map((t) => t.function).find((f) => f.name.includes(part));
  assert.ok(found, `no tool ${part} among ${request.tools.map((t) => t.function.name)}`);
  return found;
};
const lastText = (items) => items.filter((i) => i.type === 'agent_message').at(-1)?.text;
const outputs = (request) => request.messages.filter((m) => m.role === 'tool').map((m) => JSON.stringify(m.content)).join('\n');

test('a command runs, and the model gets what it has printed', async () => {
  configure('test-model');
  upstream.will(
    (request) => answer([{ reasoning_content: 'I must look.' }, ...calls(['call_1', offered(request, 'exec_command').name, { cmd: 'echo naïve-$((40 + 2))' }]).deltas], 'tool_calls'),
    says('It is ', 'done.'));
  const items = await codex('Go on');
  assert.ok(items.some((i) => i.type === 'command_execution' && i.exit_code === 0 && i.aggregated_output.includes('naïve-42')));
  assert.ok(items.some((i) => i.type === 'reasoning' && i.text === 'I must look.'));
  assert.equal(lastText(items), 'It is done.');
  assert.match(outputs(upstream.requests[1]), /naïve-42/);
});

test('a silence within an answer is not taken for its end', async () => {
  configure('test-model');
  upstream.will(answer([4500, { reasoning_content: 'Hm' }, 4500, { content: 'At' }, 4500, { content: ' last' }]));
  assert.equal(lastText(await codex('Take your time')), 'At last');
});

test('a patch, which is a tool with a grammar, is applied', async () => {
  configure('gpt-5.5');
  const patch = '*** Begin Patch\n*** Add File: patched.txt\n+naïve ☕\n*** End Patch\n';
  upstream.will((request) => {
    const { name, parameters } = offered(request, 'apply_patch');
    return calls(['call_1', name, { [parameters.required[0]]: patch }]);
  }, says('Patched.'));
  assert.equal(lastText(await codex('Patch it')), 'Patched.');
  assert.ok(existsSync(path.join(folder, 'patched.txt')), outputs(upstream.requests[1]));
  assert.equal(readFileSync(path.join(folder, 'patched.txt'), 'utf8'), 'naïve ☕\n');
});

test('a tool of an MCP server, which is one inside a namespace, is called', async () => {
  configure('test-model', `[mcp_servers.dictionary]\ncommand = ${JSON.stringify(process.execPath)}\nargs = [${JSON.stringify(path.join(import.meta.dirname, 'mcp.mjs'))}]`);
  upstream.will((request) => calls(['call_1', offered(request, 'look_up').name, { word: 'gateway' }]), says('Found.'));
  assert.equal(lastText(await codex('Look it up')), 'Found.');
  assert.match(outputs(upstream.requests[1]), /gateway means something/);
});

test('over one WebSocket, where each turn says only what is new', async () => {
  configure('test-model', '', true);
  upstream.will(
    (request) => answer([{ reasoning_content: 'I must look.' }, ...calls(['call_1', offered(request, 'exec_command').name, { cmd: 'echo socket-$((40 + 2))' }]).deltas], 'tool_calls'),
    says('It is done.'));
  const before = gateway.log.length;
  const items = await codex('Go on');
  assert.ok(items.some((i) => i.type === 'command_execution' && i.aggregated_output.includes('socket-42')));
  assert.equal(lastText(items), 'It is done.');
  assert.match(outputs(upstream.requests[1]), /socket-42/);
  const lines = gateway.log.slice(before).split('\n').filter((line) => line.includes('outcome='));
  assert.ok(lines.length >= 2 && lines.every((line) => line.includes('websocket')), lines.join('\n'));
});
