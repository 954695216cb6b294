// The packaged gateway as a process of its own: GATEWAY_JAR says where its quarkus-run.jar is, JAVA which java runs it.
import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import path from 'node:path';

const JAR = process.env.GATEWAY_JAR ?? path.resolve(import.meta.dirname, '../../../target/quarkus-app/quarkus-run.jar');
const PATIENCE = 60_000;

export class Gateway {
  log = '';
  #process;

  /** Listens on a free port, which its log tells. */
  static async start(upstream, more = {}) {
    const gateway = new Gateway();
    gateway.#process = spawn(process.env.JAVA ?? 'java', ['-Xmx256m', '-jar', JAR], {
      env: {
        ...process.env,
        QUARKUS_HTTP_PORT: '0',
        QUARKUS_LLM_BASE_URL: upstream.baseURL,
        QUARKUS_LLM_GATEWAY_AUTHENTICATION: 'none',
        ...more,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const pipe of [gateway.#process.stdout, gateway.#process.stderr]) pipe.on('data', (text) => { gateway.log += text; });
    for (const end = Date.now() + PATIENCE; ; await sleep(20)) {
      gateway.baseURL = gateway.log.match(/The gateway is at (\S+)/)?.[1];
      if (gateway.baseURL) return gateway;
      if (gateway.#process.exitCode !== null || Date.now() > end) {
        await gateway.stop();
        throw new Error(`The gateway has not come up:\n${gateway.log}`);
      }
    }
  }

  async stop() {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const gone = new Promise((exit) => this.#process.once('exit', exit));
    this.#process.kill('SIGKILL');
    await gone;
  }
}

/** What agents send: a long system prompt of many characters, and many tools. */
export const LONG_PROMPT = Array.from({ length: 700 }, (_, i) => `Rule ${i}: say "naïve café ☕" once, and never \\n twice. 日本語 {[<tag>]}.`).join('\n');
export const MANY_TOOLS = ['bash', 'read', 'write', 'edit', 'glob', 'grep', 'list', 'patch', 'fetch', 'todo', 'task'];
