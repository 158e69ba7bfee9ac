import { oneOf, optional, strict } from '../../../forms/form.js';
import { set, sorted } from '../../../forms/lists.js';
import { flag, optionalFlag, optionalText, port, text } from '../../../forms/resource-values.js';
import type { AllowEntry, Allowlist } from '../../../model/allowlist.js';
import { part, resource } from '../resource.js';

const entry = part<AllowEntry>('entry', ({ cidrBlock, protocol, fromPort, toPort }) =>
  protocol === 'all'
    ? cidrBlock
    : `${cidrBlock} ${protocol} ${fromPort === toPort ? fromPort : `${fromPort}-${toPort}`}`,
);

/** See {@link Allowlist}. */
export const allowlists = resource(
  strict<Allowlist>()({
    linkId: text,
    owned: flag,
    securityGroupId: optionalText,
    entries: sorted(
      strict<AllowEntry>()({
        cidrBlock: text,
        protocol: oneOf('tcp', 'udp', 'all'),
        fromPort: port,
        toPort: port,
        ruleId: optionalText,
        fixed: optionalFlag,
      }),
      ['cidrBlock', 'protocol', 'fromPort', 'toPort', 'ruleId'],
    ),
    wider: set(text),
    unmanaged: optional(set(text)),
    filter: optional(oneOf('inbound', 'none')),
  }),
  {
    always: true,
    key: 'linkId',
    noun: 'allowlist of link',
    nouns: 'allowlists',
    unread: { one: 'allowlist' },
    diffOrder: 21,
    holds: 'scope',
    wholeWithGateways: true,
    parts: { entries: entry },
  },
);
