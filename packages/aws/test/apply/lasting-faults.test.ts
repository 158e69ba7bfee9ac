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
].concat(['GetApiMappings', 'GetBasePathMappings']);
const OPERATIONS = new Set(readPolicy.flatMap(({ operations }) => operations));
for (const one of [LINKS, ...UNASKED]) OPERATIONS.delete(one);

describeLastingFaults('AWS', {
  world: checkedWorld,
  reads: [...OPERATIONS].map((operation) => ({
    operation,
    fills: readPolicy.filter(({ operations }) => operations.includes(operation)).flatMap(({ fills }) => fills),
  })),
  kept: 'securityGroups',
  isEachNeeded: true,
  needed: [{ operation: LINKS }],
  ofEach: 'GetRoutes',
});
