import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { registerWorkers, startWorker, type Worker } from '@postern/fleet/worker';
import { startEngine } from '@postern/fleet';
import { expect, it } from 'vitest';

const DIGITS = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/** A public key as the server of Restate writes it: base58 of its 32 bytes, with the first digit for each zero byte at the start. */
function publicKeyText(key: KeyObject): string {
  const bytes = key.export({ type: 'spki', format: 'der' }).subarray(-32);
  let rest = BigInt(`0x${bytes.toString('hex')}`);
  let text = '';
  for (; rest > 0n; rest /= 58n) text = `${DIGITS[Number(rest % 58n)]}${text}`;
  return `publickeyv1_${DIGITS.charAt(0).repeat(bytes.findIndex((byte) => byte !== 0))}${text}`;
}

it('a worker takes requests only of the engine whose key it was given', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'postern-identity-'));
  const [own, other] = [generateKeyPairSync('ed25519'), generateKeyPairSync('ed25519')];
  const file = path.join(folder, 'private.pem');
  writeFileSync(file, own.privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const engine = await startEngine({ env: { RESTATE_REQUEST_IDENTITY_PRIVATE_KEY_PEM_FILE: file } });
  const workers: Worker[] = [];
  const withKey = async (key: KeyObject): Promise<string> => {
    const drivers = () => Promise.reject(new Error('not asked for'));
    const worker = await startWorker({ ingress: engine.ingress, drivers, identityKeys: [publicKeyText(key)] });
    workers.push(worker);
    return worker.url;
  };
  try {
    await expect(registerWorkers(engine.admin, await withKey(other.publicKey))).rejects.toMatchObject({
      code: 'BAD_RESPONSE',
    });
    await expect(registerWorkers(engine.admin, await withKey(own.publicKey))).resolves.toHaveProperty('deployment');
  } finally {
    await engine.stop();
    for (const worker of workers) await worker.stop();
    rmSync(folder, { recursive: true });
  }
});
