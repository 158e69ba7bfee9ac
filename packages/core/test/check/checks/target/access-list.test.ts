import { named } from '../all-checks.js';
import { checkTable } from '../run-check.js';
import { useConventional } from './backends.js';
import { type World, alibaba, aws } from '../world.js';

const targetAccessList = named('target/access-list');

const control = (to: object | undefined) => (world: World) => {
  Object.assign(world.the('listeners', 'lb-1/http:80'), { accessControl: to });
};
checkTable(targetAccessList, {
  'both vSwitches': [alibaba(), 'pass LIST_ADMITS', { evidence: 'acl-1' }],
  'no list': [alibaba(control(undefined)), 'pass NO_LIST'],
  'an empty allow list': [alibaba(control({ kind: 'allow', ids: ['acl-1'], cidrBlocks: [] })), 'pass LIST_ADMITS'],
  'the list lacks one of the two vSwitches': [
    alibaba(control({ kind: 'allow', ids: ['acl-1'], cidrBlocks: ['10.0.1.0/24'] })),
    'error LIST_REFUSES',
    { subject: 'target stock', says: '10.0.2.0/24 (vsw-k)', evidence: 'acl-1', remedy: 'Add 10.0.2.0/24 to acl-1' },
  ],
  'single addresses are not enough': [
    alibaba(control({ kind: 'allow', ids: ['acl-1'], cidrBlocks: ['10.0.1.10/32', '10.0.2.0/24'] })),
    'error LIST_REFUSES',
  ],
  'a deny list': [
    alibaba(control({ kind: 'deny', ids: ['acl-1'], cidrBlocks: ['10.0.2.7/32'] })),
    'error LIST_REFUSES',
    { remedy: 'Remove 10.0.2.7/32 from acl-1' },
  ],
  'a deny list with an entry that is not a block': [
    alibaba(control({ kind: 'deny', ids: ['acl-1'], cidrBlocks: ['10.0.2.7/24'] })),
    'unknown LIST_NOT_READ',
    { remedy: '10.0.2.7/24' },
  ],
  'a conventional instance: the new block is missing': [
    alibaba(useConventional, control({ kind: 'allow', ids: ['acl-1'], cidrBlocks: ['100.104.254.0/26'] })),
    'error LIST_REFUSES',
    { says: ['100.104.253.0/26', 'new'], remedy: '100.104.253.0/26' },
  ],
  'a conventional instance: both blocks': [
    alibaba(
      useConventional,
      control({ kind: 'allow', ids: ['acl-1'], cidrBlocks: ['100.104.254.0/26', '100.104.253.0/26'] }),
    ),
    'pass LIST_ADMITS',
  ],
  'entries were not read': [
    alibaba(control({ kind: 'allow', ids: ['acl-1'] })),
    'unknown LIST_NOT_READ',
    { evidence: 'slb:DescribeAccessControlListAttribute' },
  ],
  'no CLB instance': [aws(), 'nothing'],
});
