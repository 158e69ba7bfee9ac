import { describeLastingFaults } from '../../../testing/test/adapters/lasting-faults.js';
import { readPolicy } from '../../src/index.js';
import { checkedWorld } from '../world/checked-world.js';

/** Without the links nothing can be determined. */
const LINKS = 'GetVpcLinks';
/**
 * Only called where a deployment was created outside of Postern or a stage does not deploy by itself, with `all`, where there are
 * custom domains, or for REST APIs, which this spec does not name.
 */
const UNASKED = [
  'ExportApi',
  'GetApis',
  'GetDeployments',
  'GetRestApis',
  'GetRestApi',
  'GetResources',
  'GetExport',
  'GetClientCertificates',
  'GetUsagePlans',
].concat(['GetApiMappings', 'GetBasePathMappings']);
/** Without these no check of this world is unknown: it has no routes with API keys, and no network that is encrypted. */
const NEEDLESS = ['GetUsagePlans', 'DescribeVpcEncryptionControls'];
/** What registers targets is read only where a group has no healthy target, and endpoints where an interface is one's. */
const SELDOM = ['registrars', 'endpoints', 'endpointServices'];
const POLICY = readPolicy.filter(({ fills }) => fills.some((list) => !SELDOM.includes(list)));
const OPERATIONS = new Set(POLICY.flatMap(({ operations }) => operations));
for (const one of [LINKS, ...UNASKED, ...NEEDLESS]) OPERATIONS.delete(one);

describeLastingFaults('AWS', {
  world: checkedWorld,
  reads: [...OPERATIONS].map((operation) => ({
    operation,
    fills: POLICY.filter(({ operations }) => operations.includes(operation)).flatMap(({ fills }) => fills),
  })),
  kept: 'securityGroups',
  isEachNeeded: true,
  needed: [{ operation: LINKS }],
  ofEach: 'GetRoutes',
});
