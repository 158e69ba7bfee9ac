import { expect, it } from 'vitest';
import { simulatedClock } from '@postern/core/internal/adapter';
import { madeIntegrations } from '../../src/http-apis/integration-marks.js';
import { STALENESS_MS } from '../../src/limits.js';

it('remembers an integration until lists must show it, and for as long again after each route that was led to it', async () => {
  const clock = simulatedClock();
  const made = madeIntegrations();
  const known = () => made.of('api-1', clock).map(({ IntegrationId }) => IntegrationId);
  made.add('api-1', { IntegrationId: 'a' }, clock);
  made.add('api-1', { IntegrationId: 'b' }, clock);
  await clock.advance(STALENESS_MS - 1);
  made.used('a', clock);
  made.used('gone', clock);
  await clock.advance(2);
  expect(known()).toEqual(['a']);
  await clock.advance(STALENESS_MS);
  expect(known()).toEqual([]);
});
