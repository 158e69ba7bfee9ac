import { describe } from 'vitest';
import { named } from '../all-checks.js';
import { declared } from './instance.js';
import { checkTable } from '../run-check.js';
import { type World, alibabaWorld } from '../world.js';

const linkInstanceSpec = named('link/instance-spec');

describe('link/instance-spec', () => {
  const wants = (spec: string | undefined) => (world: World) =>
    declared(world, ['sg-link'], spec === undefined ? {} : { native: { spec } });
  checkTable(linkInstanceSpec, [
    { why: 'an existing instance', world: () => alibabaWorld(), verdict: 'nothing' },
    { why: 'the default', world: () => alibabaWorld(wants(undefined)), verdict: 'pass' },
    { why: 'a listed instance type', world: () => alibabaWorld(wants('api.s2.large')), verdict: 'pass' },
    {
      why: 'an undocumented instance type',
      world: () => alibabaWorld(wants('api.s2.x9')),
      verdict: 'unknown',
      code: 'SPECS_NOT_READ',
    },
    {
      why: 'a series that no page lists',
      world: () => alibabaWorld(wants('api.s9.huge')),
      verdict: 'unknown',
      code: 'SPECS_NOT_READ',
    },
    {
      why: 'a text that is no instance type',
      world: () => alibabaWorld(wants('huge')),
      verdict: 'fail',
      code: 'SPEC_NOT_OFFERED',
      severity: 'error',
      evidence: ['links.eu.spec'],
      remedy: ['api.s1.small', 'links.eu.spec'],
    },
    { why: 'nonsense', world: () => alibabaWorld(wants('nonsense')), verdict: 'fail', code: 'SPEC_NOT_OFFERED' },
  ]);
});
