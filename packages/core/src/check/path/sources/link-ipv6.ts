import { registeredBy } from '../../../do/kinds/target-ref.js';
import { linkReasons } from '../reasons/link.js';
import { failStep, unknownStep, type PathStep } from '../model/step.js';
import type { World } from '../model/world.js';
import type { Caller } from './caller.js';

/** The documentation does not say whether links call over IPv6. */
const UNDOCUMENTED: PathStep = unknownStep(
  'path/link',
  'link',
  { kind: 'link', id: 'IPv6' },
  {
    what: 'IPv6 support of links (not documented)',
    remedy: 'Assign an IPv4 address to the target.',
  },
);

/**
 * Whether a link calls IPv6 addresses: not where its interfaces were read and none has an IPv6 address to call from [I].
 */
export function linkIpv6(world: World, { link }: Pick<Caller, 'link'>): PathStep {
  const interfaces = link === undefined ? [] : world.interfacesOfLink(link.id);
  const hasSix = interfaces.some(({ addresses }) => addresses.some((address) => address.includes(':')));
  if (interfaces.length === 0 || hasSix || world.index.missing('interfaces')?.failed === true) return UNDOCUMENTED;
  return failStep('path/link', 'link', () => ({
    kind: 'link',
    id: 'IPv6',
    text: 'no interface of the link has an IPv6 address',
    ...linkReasons.LINK_WITHOUT_IPV6({
      interfaces: interfaces.map(({ id }) => id),
      attribute: registeredBy(world.index.clouds, world.index.region.provider, 'address'),
    }),
  }));
}
