import { abilityOf } from '@postern/core/internal/driver';
import { CloudError } from '@postern/core/internal/library';
import { expect } from 'vitest';
import { check, type Check, expectRefusal } from './check.js';

const faults = ['faults'] as const;

/** Errors: a cloud's errors in one vocabulary, and what is retried. */
export const errorChecks: readonly Check[] = [
  check('tries a throttled read again', faults, async (trial) => {
    trial.faults.add('list links', { kind: 'throttle', times: 2 });
    expect(await trial.driver.links.statuses([trial.linkRef(trial.world.missing.linkId)], trial.ctx)).toEqual([]);
  }),
  check('tries a read again after a failure of the cloud and after a broken connection', faults, async (trial) => {
    for (const kind of ['error', 'reset', 'lost'] as const) {
      trial.faults.add('list links', { kind, times: 1 });
      expect(await trial.driver.links.statuses([trial.linkRef(trial.world.missing.linkId)], trial.ctx), kind).toEqual(
        [],
      );
    }
  }),
  check('gives up on a read that fails for good, with the cloud’s own error as cause', faults, async (trial) => {
    trial.faults.add('list links', { kind: 'error' });
    const error = await expectRefusal(
      trial.driver.links.statuses([trial.linkRef(trial.world.missing.linkId)], trial.ctx),
      'CLOUD_FAILED',
    );
    expect(error).toBeInstanceOf(CloudError);
    expect(error.cause).toBeDefined();
    expect(error.status).toBeGreaterThanOrEqual(500);
    expect(error.message).toMatch(new RegExp(`^${error.operation}: .`));
  }),
  check(
    'says that it may not, which permission it lacks or whom to ask, and does not try again',
    faults,
    async (trial) => {
      trial.faults.add('list links', { kind: 'deny' });
      const before = trial.setup.calls?.() ?? 0;
      const error = await expectRefusal(
        trial.driver.links.statuses([trial.linkRef(trial.world.missing.linkId)], trial.ctx),
        'PERMISSION_DENIED',
      );
      expect(error.retryable).toBe(false);
      expect(error.remedy).toMatch(/^[A-Z].*\.$/s);
      if (trial.setup.calls) expect(trial.setup.calls() - before).toBeLessThanOrEqual(2);
    },
  ),
  check('says that the credentials have run out', faults, async (trial) => {
    trial.faults.add('list links', { kind: 'expired' });
    await expectRefusal(
      trial.driver.links.statuses([trial.linkRef(trial.world.missing.linkId)], trial.ctx),
      'CREDENTIALS_EXPIRED',
    );
  }),
  check('takes HTML and half an answer for no answer', faults, async (trial) => {
    for (const kind of ['html', 'truncate'] as const) {
      trial.faults.clear();
      trial.faults.add('list links', { kind });
      const reading = trial.driver.links.statuses([trial.linkRef(trial.world.missing.linkId)], trial.ctx);
      await expectRefusal(reading, 'BAD_RESPONSE');
    }
  }),
  check('says that nobody listens at the endpoint', ['unreachable'], async (trial) => {
    const { setup, ctx, world } = trial;
    const error = await expectRefusal(
      setup.unreachable?.links.statuses([trial.linkRef(world.missing.linkId)], ctx) ?? Promise.resolve(),
      'ENDPOINT_UNREACHABLE',
    );
    expect(error.remedy).toMatch(/^[A-Z].*\.$/s);
  }),
  check('does not try a throttled creation again by itself', faults, async (trial) => {
    trial.faults.add('create link', { kind: 'throttle', times: 1 });
    const error = await expectRefusal(
      trial.driver.links.create(trial.linkKind, trial.linkRequest(), trial.ctx),
      'THROTTLED',
    );
    expect(error.retryable).toBe(true);
    expect(await trial.countLinks()).toBe(0);
  }),
  check(
    'tries a rename and a deletion again, since they are safe to repeat',
    ['faults', 'linkChanges'],
    async (trial) => {
      const { driver, ctx } = trial;
      const link = await trial.link();
      trial.faults.add('rename link', { kind: 'lost', times: 1 });
      trial.faults.add('delete link', { kind: 'lost', times: 1 });
      await abilityOf(driver, 'linkChanges').rename(link, 'conformance-renamed', ctx);
      expect(await trial.found(link.id)).toMatchObject({ name: 'conformance-renamed' });
      await driver.links.delete(link, ctx);
      expect(await trial.settle(link.id, ['gone'])).toBe('gone');
    },
  ),
];
