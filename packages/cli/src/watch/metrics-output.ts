import { createServer } from 'node:http';
import { EXPOSITION_TYPE } from '@postern/core/telemetry';
import { listen } from '../process/listen.js';

/** Metrics that are served. */
export interface MetricsServer {
  /** `http://127.0.0.1:9464/metrics` */
  readonly url: string;
  readonly close: () => Promise<void>;
}

/**
 * Serves metrics for Prometheus at `/metrics`, by default to this machine only. `text` gives them at each call.
 * @throws {PosternError} `PORT_IN_USE`.
 */
export async function serveMetrics(
  text: () => string,
  { port, host = '127.0.0.1' }: { readonly port: number; readonly host?: string | undefined },
): Promise<MetricsServer> {
  const server = createServer((request, response) => {
    const isAsked = request.method === 'GET' && request.url?.split('?', 1)[0] === '/metrics';
    response.writeHead(isAsked ? 200 : 404, {
      'content-type': isAsked ? EXPOSITION_TYPE : 'text/plain; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    response.end(isAsked ? text() : 'Metrics are at /metrics.\n');
  });
  const { address, close } = await listen(server, {
    port,
    host,
    shown: `port ${port} of ${host}`,
    remedy: 'Choose another one with --metrics-port, or 0 for any that is free.',
  });
  return { url: `http://${address.family === 'IPv6' ? `[${host}]` : host}:${address.port}/metrics`, close };
}
