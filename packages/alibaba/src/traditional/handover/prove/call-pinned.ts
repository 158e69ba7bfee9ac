import { defined } from '@postern/core/internal/adapter';
import type { IncomingMessage } from 'node:http';
import type { CallPinned, PinnedCall } from './proof.js';

/**
 * Calls gateways at a pinned address, with the production name in the header Host and, with HTTPS, in TLS: it rejects where
 * the certificate is not for that name. `simulator` is the origin of a simulated cloud that is called instead: `http://127.0.0.1:4010`.
 */
export function createCallPinned(simulator: string | undefined): CallPinned {
  return async (call, signal) => {
    const { protocol, method, timeoutMs, host } = call;
    const isTls = simulator === undefined && protocol === 'https';
    // Loaded now: this entry is also of commands that call nothing.
    const [{ request: send }, { createHash }] = await Promise.all([
      isTls ? import('node:https') : import('node:http'),
      import('node:crypto'),
    ]);
    return new Promise((resolve, reject) => {
      const begun = performance.now();
      const outgoing = send(
        {
          ...placeOf(call, simulator),
          ...(isTls ? { servername: host } : {}),
          method,
          agent: false,
          timeout: timeoutMs,
          ...defined({ signal }),
        },
        (answer) => {
          const latencyMs = performance.now() - begun;
          const hash = createHash('sha256');
          answer.on('data', (part: Buffer) => hash.update(part));
          answer.once('error', reject);
          answer.once('end', () => {
            const headers = headersOf(answer);
            resolve({ status: answer.statusCode ?? 0, headers, bodyHash: hash.digest('hex'), latencyMs });
          });
        },
      );
      outgoing.once('timeout', () => outgoing.destroy(new Error(`no answer within ${timeoutMs} ms`)));
      outgoing.once('error', reject);
      outgoing.end();
    });
  };
}

function placeOf({ side, address, host, path, headers }: PinnedCall, simulator: string | undefined) {
  const named = { ...headers, host };
  if (simulator === undefined) return { host: address ?? host, path, headers: named };

  const { hostname, port } = new URL(simulator);
  // The simulated classic service is found by its host alone.
  const pinned = side === 'target' && address !== undefined ? { 'x-postern-address-of': address } : {};
  return { host: hostname, port, path, headers: { ...named, ...pinned } };
}

function headersOf({ headers }: IncomingMessage): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')]));
}
