import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { startEngine } from '../../src/fleet/engine-process.js';
import { findEngine } from '../../src/fleet/find-engine.js';
import { folder } from '../run-command.js';

/** Fleets have the server as a development dependency. */
const FLEET = path.join(import.meta.dirname, '../../../fleet');
const HAS_SERVER = process.platform !== 'win32';

/** A port that was free a moment ago. */
function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

describe.skipIf(!HAS_SERVER)('startEngine', () => {
  it('starts the installed server on loopback, and reports ports that are in use', { timeout: 120_000 }, async () => {
    const [port, adminPort, nodePort] = await Promise.all([freePort(), freePort(), freePort()]);
    const ports = { port, adminPort, nodePort, signal: new AbortController().signal };
    const binary = findEngine(FLEET, process);
    const engine = await startEngine(binary, { ...ports, data: path.join(folder({}), 'data') });
    try {
      const version: unknown = await (await fetch(`${engine.admin}/version`)).json();
      expect(version).toMatchObject({ version: binary.version, ingress_endpoint: `${engine.ingress}/` });
      const second = startEngine(binary, { ...ports, data: path.join(folder({}), 'data') });
      await expect(second).rejects.toMatchObject({ code: 'PORT_IN_USE' });
    } finally {
      await engine.stop();
    }
    await expect(fetch(`${engine.admin}/health`)).rejects.toThrow();
  });
});
