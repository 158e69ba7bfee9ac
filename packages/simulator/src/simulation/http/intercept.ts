import { PosternError } from '@postern/core/internal/library';
import { setTimeout as pause } from 'node:timers/promises';
import { answer } from './front-door.js';
import type { World } from '../world/world.js';

/** A simulation that replaces the clouds' real endpoints in this process. */
export interface Interception {
  /** The real endpoints are themselves again. */
  readonly restore: () => void;
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/**
 * Answers this process's requests to the clouds' own endpoints from the simulation, in every region. Other requests are
 * left alone. nock is loaded now, since loading it already changes `node:http`.
 * @throws {PosternError} `DEPENDENCY_MISSING` where nock is not installed: who simulates in another way does not need it.
 */
export async function intercept(world: World): Promise<Interception> {
  const { default: nock } = await import('nock').catch((cause: unknown) => {
    throw new PosternError('DEPENDENCY_MISSING', 'nock is not installed', {
      cause,
      remedy: 'Run `npm install --save-dev nock`, or use `listen()`, which needs nothing.',
    });
  });
  if (!nock.isActive()) nock.activate();
  const bodies = new WeakMap<object, string>(); // as sent: nock hands JSON on as it has parsed it
  const interceptors = world.clouds
    .flatMap((cloud) => cloud.origins)
    .flatMap((origin) => {
      const scope = nock(origin).persist();
      scope.on('request', (request: object, _interceptor: unknown, body: string) => bodies.set(request, body));
      return METHODS.map((method) => {
        const interceptor = scope.intercept(/.*/, method);
        interceptor.reply(async function reply(target) {
          const head = { method, target, headers: this.req.headers };
          const { status, headers, body, stream, delayMs, broken, onAnswered } = await answer(
            world,
            head,
            Buffer.from(bodies.get(this.req) ?? ''),
          );
          if (delayMs !== undefined) await pause(delayMs);
          onAnswered?.();
          if (broken) throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
          if (stream) return [status, stream, headers];

          return [status, typeof body === 'string' ? body : Buffer.from(body), headers];
        });
        return interceptor;
      });
    });
  return {
    restore: () => {
      for (const interceptor of interceptors) nock.removeInterceptor(interceptor);
    },
  };
}
