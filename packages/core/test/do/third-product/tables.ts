import type { CloudTraits } from '../../../src/do/kinds/cloud/cloud-table.js';
import type { GatewayKindTraits } from '../../../src/do/kinds/gateway/gateway-table.js';
import type { LinkKindTraits } from '../../../src/do/kinds/link/link-table.js';
import { ROUTE_KEY } from '../../../src/do/forms/text-rules.js';

// The rows of a fictional product in the three tables. In the sources each is a line of its table, and the names of its kinds are in
// `model/link.ts` and `model/gateway-kind.ts`: five files.
export const CLOUD = 'third';
// The types have only the kinds of the sources.
export const LINK = 'third-link' as string as 'vpc-link-v2';
export const GATEWAY = 'third-router' as string as 'http-api';

export const thirdCloud: Pick<CloudTraits, 'account' | 'namesByArn' | 'reserves'> = {
  account: {
    form: /^acc-\d{4}$/,
    example: 'acc-1234',
    fault: 'an account is acc- and a number',
    remedy: 'Write acc-1234.',
  },
  namesByArn: false,
  reserves: undefined,
};

export const thirdLink: LinkKindTraits = {
  createdOn: CLOUD,
  createdFrom: 'subnets',
  plans: {
    linksCostMoney: false,
    targetsAreResources: false,
    allowlistNeedsCreation: true,
    allowlistHasPorts: true,
  },
  callsFrom: 'subnets',
  targets: ['address'],
  settings: [],
  groupPerZone: false,
};

export const thirdGateway = {
  ref: 'thirdRouter',
  provider: CLOUD,
  title: 'a router',
  example: 'router1',
  stagesShowInPaths: false,
  keys: ROUTE_KEY,
  settings: [],
  links: [LINK],
  movesAsOne: false,
  routesNeedDeployment: false,
} as unknown as GatewayKindTraits;
