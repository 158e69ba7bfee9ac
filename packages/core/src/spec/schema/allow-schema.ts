import { isObject } from '../../ground/json.js';
import * as z from 'zod';
import type { Clouds } from '../../do/kinds/cloud/clouds.js';
import type { LinkKindTraits } from '../../do/kinds/link/link-traits.js';
import { cidrBlock, id, port, portSpan, say, strict, called, optional, required } from './fields.js';
import { onlyOf, textOf } from './target-schema.js';

const ports = z
  .array(z.union([port, portSpan], { error: say('not a valid port or range of ports', 'Write 443 or "8000-8100".') }))
  .min(1)
  .max(60);

const PORTS = 'TCP ports, and ranges of TCP ports. At most 60.';

/** An entry of an allowlist, of the kinds of list that links of a set have. */
export const allowedOf = (set: Clouds) => {
  const having = (list: LinkKindTraits['allowlist']) =>
    set.all.filter(({ links }) => Object.values(links).some(({ allowlist }) => allowlist === list));
  const [withPorts, withGroups] = [having('security group'), having('backend groups')];
  const ofPorts = onlyOf(set, withPorts);
  const ofGroups = onlyOf(set, withGroups);
  const [about, { examples }] = textOf(set, 'allowlist.group', { about: 'The ID of a security group of backends.' });
  const blockWithPorts = strict({
    cidr: required(cidrBlock, 'The block.', { examples: ['10.30.0.0/16'], cloud: ofPorts }),
    ports: required(called('list of ports', ports), PORTS, { examples: [[443], [443, '8000-8100']], cloud: ofPorts }),
  });
  const group = strict({
    group: required(id, about, { examples, cloud: ofGroups }),
    ports: optional(called('list of ports', ports), PORTS, {
      examples: [[8080], [8080, '9000-9100']],
      absent: 'the ports of the targets',
      cloud: ofGroups,
    }),
  });
  const forms = [
    cidrBlock,
    ...(withPorts.length > 0 ? [blockWithPorts] : []),
    ...(withGroups.length > 0 ? [group] : []),
  ];
  return called(
    'allowlist entry',
    z.union(forms as [typeof cidrBlock, typeof blockWithPorts, typeof group], {
      error: ({ input }) =>
        isObject(input)
          ? undefined
          : say('not a valid allowlist entry', 'Write 10.0.0.0/16, or { cidr: 10.0.0.0/16, ports: [443] }.'),
    }),
  );
};

export type CheckedAllow = z.output<ReturnType<typeof allowedOf>>;
