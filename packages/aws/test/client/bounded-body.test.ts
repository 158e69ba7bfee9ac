import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { collectBounded } from '../../src/client/bounded-body.js';
import { mapAwsError } from '../../src/client/errors.js';

it('reads no body that has no end, though each byte is in time', async () => {
  async function* trickle(): AsyncGenerator<Buffer> {
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, 2));
      yield Buffer.from(' ');
    }
  }
  const stream = Readable.from(trickle());
  const error: unknown = await collectBounded(stream, 1_000_000, 30).catch((failed: unknown) => failed);
  const call = { operation: 'GetApis', service: 'apigatewayv2', region: 'eu-west-1', kind: 'read' } as const;
  expect(mapAwsError(error, call)).toMatchObject({ code: 'ENDPOINT_UNREACHABLE', retryable: true });
  expect(stream.destroyed).toBe(true);
});
