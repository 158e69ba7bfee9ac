import { describe } from 'vitest';
import { named } from '../all-checks.js';
import { declared } from '../link/instance.js';
import { checkTable } from '../run-check.js';
import { type World, alibaba } from '../world.js';

const linkInstanceSpec = named('link/instance-spec');

describe('link/instance-spec', () => {
  const wants = (spec: string | undefined) => (world: World) =>
    declared(world, ['sg-link'], spec === undefined ? {} : { native: { spec } });
  checkTable(linkInstanceSpec, {
    'an existing instance': [alibaba(), 'nothing'],
    'the default': [alibaba(wants(undefined)), 'pass SPEC_OFFERED'],
    'a listed instance type': [alibaba(wants('api.s2.large')), 'pass SPEC_OFFERED'],
    'an undocumented instance type': [alibaba(wants('api.s2.x9')), 'unknown SPECS_NOT_READ'],
    'a series that no page lists': [alibaba(wants('api.s9.huge')), 'unknown SPECS_NOT_READ'],
    'a text that is no instance type': [
      alibaba(wants('huge')),
      'error SPEC_NOT_OFFERED',
      { evidence: 'links.eu.spec', remedy: ['api.s1.small', 'links.eu.spec'] },
    ],
    nonsense: [alibaba(wants('nonsense')), 'error SPEC_NOT_OFFERED'],
  });
});
