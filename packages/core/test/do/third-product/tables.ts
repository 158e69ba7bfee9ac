import { cloud as AWS } from '@postern/aws/cloud';
import type { LinkKind } from '../../../src/do/kinds/cloud/cloud.js';
import { defineCloud } from '../../../src/do/kinds/cloud/define-cloud.js';
import type { CloudTraits } from '../../../src/do/kinds/cloud/network-traits.js';
import type { GatewayKindTraits } from '../../../src/do/kinds/gateway/gateway-traits.js';
import { ADDRESS, plainAddress } from '../../../src/do/kinds/cloud/target-kind.js';
import { ROUTE_KEY } from '../../../src/do/forms/text-rules.js';

export const CLOUD = 'third';
export const LINK = 'third-link';
export const GATEWAY = 'third-router';

const network: Pick<CloudTraits, 'account' | 'reserved'> = {
  account: {
    form: /^acc-\d{4}$/,
    example: 'acc-1234',
    fault: 'an account is acc- and a number',
    remedy: 'Write acc-1234.',
  },
  reserved: undefined,
};

export const thirdLink: LinkKind = {
  rules: {
    kind: LINK,
    provider: CLOUD,
    requestRefusals: () => [],
    targetRefusals: () => [],
    plainTarget: plainAddress,
  },
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

const thirdGateway = {
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

/** A fictional product, brought from outside. */
export const thirdCloud = defineCloud({
  name: CLOUD,
  title: 'Third Cloud',
  network: { ...AWS.network, ...network },
  links: { [LINK]: thirdLink },
  regions: { form: /^xx-[a-z]+-\d$/, what: 'region of Third Cloud', example: 'xx-north-1' },
  credentials: { names: /^THIRD_KEYRING$/, because: 'the tools of Third Cloud read credentials from it' },
  targets: { address: ADDRESS },
  ids: { kinds: {} },
  reservedTagPrefixes: ['third:'],
  linkFaults: () => [],
  gateways: {
    [GATEWAY]: {
      ...thirdGateway,
      rules: { own: () => 'https://router.example', stage: { in: 'path' }, madeAnswer: () => undefined },
    },
  },
});
