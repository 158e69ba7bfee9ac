import { createContext, type CallContext } from '@postern/core/internal/library';
import { afterEach, expect, it, vi } from 'vitest';
import { pinIdentity } from '../../../src/do/adapter/pinned-identity.js';

afterEach(() => void vi.useRealTimers());

it.each<[string, CallContext, string]>([
  ['after a minute', createContext(), 'CREDENTIALS_MISSING'],
  ['when its signal is aborted', createContext({ signal: AbortSignal.timeout(1) }), 'ABORTED'],
])('a source of credentials that gives none is not waited for, %s', async (_, ctx, code) => {
  if (code !== 'ABORTED') vi.useFakeTimers();
  const never = (): Promise<never> => new Promise(() => undefined);
  const asked = pinIdentity({ request: never, accessKeyId: never }).identity(ctx);
  const refused = expect(asked).rejects.toMatchObject({ code });
  if (code !== 'ABORTED') await vi.advanceTimersByTimeAsync(60_000);
  await refused;
});
