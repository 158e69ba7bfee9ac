import { describe, expect, it } from 'vitest';
import { sample } from '../../../core/test/runs.js';
import { MOVE_WAYS } from '../remedies/move-ways.js';
import { cleared } from '../remedies/way.js';
import { CATALOGUE } from './catalogue/index.js';
import { errorsOf } from './fault.js';
import { backends, open, unreached } from './stages.js';

/** Faults whose remedy no program can follow, and why. */
const NOT_FOLLOWED: Readonly<Record<string, string>> = {
  'vpc-draft': 'a backend in the other VPC must be chosen',
  'vpc-published': 'a backend in the other VPC must be chosen',
  'vpc-stage': 'a backend in the other VPC must be chosen',
  'vpc-backend': 'a backend in the other VPC must be chosen',
  'vpc-backend-draft': 'a backend in the other VPC must be chosen',
  'vpc-routing-yaml': 'a backend in the other VPC must be chosen',
  'vpc-routing-json': 'a backend in the other VPC must be chosen',
  'vpc-remote-auth': 'a backend in the other VPC must be chosen',
  'listener-missing': 'the protocol of a new listener must be chosen',
  'route-none': 'the next hop must be chosen: no route leads there yet',
  'registry-outside': 'the servers that a registry names are known to its users',
  'locked-billing': 'a bill must be paid',
  'locked-contents': 'the provider decides',
  'target-failed': 'another instance must be bought or chosen',
  'target-switch': 'it is confirmed in the console',
  marketplace: 'the service does not move it: the remedy is to leave it where it is',
  'network-domain': 'the domain is enabled in the console',
  'custom-domain': 'the record is at the name server of its owner',
  'service-role': 'Resource Management is not simulated',
  'end-of-service': 'the product ends: the remedy names another one',
};

const FAILING = CATALOGUE.filter(
  ({ verdict, to, severity }) => verdict === 'fail' && to !== 'old' && severity === 'error',
);

describe('the remedies of a refused move', () => {
  it.each(
    sample(
      FAILING.filter(({ id }) => NOT_FOLLOWED[id] === undefined).map((fault) => [fault.id, fault] as const),
      4,
    ),
  )('%s: are followed as printed, and the move succeeds', async (_, fault) => {
    const stage = await open(fault.source);
    await fault.plant(stage);
    const refusals = async () => errorsOf(await stage.validate());
    expect(await refusals()).not.toEqual([]);
    expect(await cleared(stage.simulation, refusals, MOVE_WAYS)).toEqual([]);
    const { next } = stage.parts;
    expect(await stage.move()).toMatchObject({ status: 'Success', on: next });
    await stage.wait();
    expect(unreached(backends(stage, next, fault.source))).toEqual([]);
  });

  it('that cannot be followed are those of faults that exist', () => {
    expect(Object.keys(NOT_FOLLOWED).filter((id) => !FAILING.some((one) => one.id === id))).toEqual([]);
  });
});
