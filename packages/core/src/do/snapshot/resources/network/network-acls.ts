import { strict } from '../../../forms/form.js';
import { networkAclShape, type NetworkAcl, type NetworkAclEntry } from '../../../model/routing.js';
import { aclEntryText } from '../../../words/rule-words.js';
import { part, resource } from '../resource.js';

/** See {@link NetworkAcl}. */
export const networkAcls = resource(strict<NetworkAcl>()(networkAclShape), {
  key: 'id',
  noun: 'network ACL',
  diffOrder: 5,
  parts: { entries: part<NetworkAclEntry>('entry', aclEntryText, ({ direction, order }) => `${direction} ${order}`) },
});
