import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { readFileSync } from 'node:fs';
import { onTestFinished } from 'vitest';
import { awsScene, awsStage, type AwsStage } from '../../../simulator/test/checks/aws/account.js';
import { tcp } from '../../../simulator/test/checks/aws/moves.js';
import { folder, run, type Ran, type RunOptions } from '../run-command.js';

let scene: ReturnType<typeof awsScene> | undefined;

/** A simulated integration that works, and a folder with its spec. */
export interface WatchedWorld {
  readonly stage: AwsStage;
  readonly cwd: string;
  readonly env: Record<string, string>;
  readonly file: (name: string) => string;
  readonly once: (...more: readonly string[]) => Promise<Ran>;
  readonly watch: (argv: readonly string[], options?: RunOptions) => Promise<Ran>;
  /** Somebody removes the rule by which the load balancer admits the link, or adds it again: no target's health shows it. */
  readonly breakIt: () => void;
  readonly mendIt: () => void;
}

export async function watchedWorld(): Promise<WatchedWorld> {
  const stage = awsStage(await (scene ??= awsScene()));
  const server = await stage.simulation.listen();
  onTestFinished(() => server.close());
  const cwd = folder({ 'shop.yaml': stage.spec });
  const env = { POSTERN_SIMULATOR: server.url };
  const watch = (argv: readonly string[], options: RunOptions = {}) =>
    run(['watch', 'shop.yaml', ...argv], { cwd, env, ...options });
  const { groups } = stage.parts;
  const rule = tcp(443, { UserIdGroupPairs: [{ GroupId: groups.link }] });
  return {
    stage,
    cwd,
    env,
    watch,
    file: (name) => readFileSync(path.join(cwd, name), 'utf8'),
    once: (...more) => watch(['--once', ...more]),
    breakIt: () => stage.refuse(groups.balancer, rule),
    mendIt: () => stage.admit(groups.balancer, rule),
  };
}

export interface Received {
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: any;
}

/** A server on loopback that answers each request as `answer` says. */
export async function receiver(
  answer: (at: number) => { readonly status: number; readonly location?: string } | 'hang' = () => ({ status: 204 }),
) {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => (text += String(chunk)));
    request.on('end', () => {
      const how = answer(received.length);
      received.push({ url: request.url ?? '', headers: request.headers, body: JSON.parse(text) });
      if (how === 'hang') return;
      response.writeHead(how.status, how.location === undefined ? {} : { location: how.location });
      response.end();
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    return new Promise((resolve) => void server.close(() => resolve()));
  });
  const { port } = server.address() as AddressInfo;
  return { received, url: `http://127.0.0.1:${port}/secret-token`, host: `127.0.0.1:${port}` };
}
