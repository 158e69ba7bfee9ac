import { strict } from '../../../forms/form.js';
import { allowlistShape, type AllowEntry, type Allowlist } from '../../../model/allowlist.js';
import { part, resource } from '../resource.js';

const entry = part<AllowEntry>('entry', ({ cidrBlock, securityGroupId, protocol, fromPort, toPort }) =>
  protocol === 'all'
    ? cidrBlock
    : `${securityGroupId ?? cidrBlock} ${protocol} ${fromPort === toPort ? fromPort : `${fromPort}-${toPort}`}`,
);

/** See {@link Allowlist}. */
export const allowlists = resource(strict<Allowlist>()(allowlistShape), {
  always: true,
  key: 'linkId',
  noun: 'allowlist of link',
  nouns: 'allowlists',
  unread: { one: 'allowlist' },
  diffOrder: 21,
  holds: 'scope',
  wholeWithGateways: true,
  parts: { entries: entry },
});
