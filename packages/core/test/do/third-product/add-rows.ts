// Adds the rows to the tables of this process. To be imported first: modules compute from the tables when they are loaded.
import { CLOUDS } from '../../../src/do/kinds/cloud/cloud-table.js';
import { GATEWAY_KINDS } from '../../../src/do/kinds/gateway/gateway-table.js';
import { LINK_TRAITS } from '../../../src/do/kinds/link/link-table.js';
import { GATEWAY_KIND_NAMES } from '../../../src/do/model/gateway-kind.js';
import { LINK_KINDS } from '../../../src/do/model/link.js';
import { CLOUD, GATEWAY, LINK, thirdCloud, thirdGateway, thirdLink } from './tables.js';

Object.assign(CLOUDS, { [CLOUD]: { ...CLOUDS.aws, ...thirdCloud } });
Object.assign(LINK_TRAITS, { [LINK]: thirdLink });
Object.assign(GATEWAY_KINDS, { [GATEWAY]: thirdGateway });
(LINK_KINDS as unknown as string[]).push(LINK);
(GATEWAY_KIND_NAMES as unknown as string[]).push(GATEWAY);
