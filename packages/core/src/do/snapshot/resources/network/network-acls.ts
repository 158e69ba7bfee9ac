import { oneOf, optional, strict } from '../../../forms/form.js';
import { set, sorted } from '../../../forms/lists.js';
import { block, count, optionalText, port, protocol, raw, text } from '../../../forms/resource-values.js';
import type { NetworkAcl, NetworkAclEntry } from '../../../model/routing.js';
import { aclEntryText } from '../../../words/rule-words.js';
import { part, resource } from '../resource.js';

/** See {@link NetworkAcl}. */
export const networkAcls = resource(
  strict<NetworkAcl>()({
    id: text,
    networkId: text,
    entries: optional(
      sorted(
        strict<NetworkAclEntry>()({
          direction: oneOf('in', 'out'),
          order: count,
          action: oneOf('allow', 'deny'),
          protocol,
          fromPort: port,
          toPort: port,
          cidrBlock: block,
          id: optionalText,
        }),
        ['direction', 'order', 'id'],
      ),
    ),
    exempt: optional(set(text)),
    raw,
  }),
  {
    key: 'id',
    noun: 'network ACL',
    diffOrder: 5,
    parts: { entries: part<NetworkAclEntry>('entry', aclEntryText, ({ direction, order }) => `${direction} ${order}`) },
  },
);
