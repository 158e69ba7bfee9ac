import type { Check } from '../../../do/findings/check.js';
import { targetAccessList } from './access-list.js';
import { targetAccount } from './account.js';
import { targetAnswers } from './answers.js';
import { balancerActive } from './balancer-active.js';
import { targetCertificate } from './certificate.js';
import { targetCloudMap } from './cloud-map.js';
import { targetCloudMapHealth } from './cloud-map-health.js';
import { targetDeregistrationDelay } from './deregistration-delay.js';
import { targetExists } from './exists.js';
import { targetExposed } from './exposed.js';
import { targetHealthy } from './healthy.js';
import { targetHealthyZones } from './healthy-zones.js';
import { instanceRunning } from './instance-running.js';
import { targetIntranet } from './intranet.js';
import { targetKind } from './kind.js';
import { targetListener } from './listener.js';
import { targetNetwork } from './network.js';
import { targetPrivateDns } from './private-dns.js';
import { targetPrivateLink } from './private-link.js';
import { targetProtocol } from './protocol.js';
import { targetRegion } from './region.js';
import { targetInternet } from './internet.js';
import { targetServiceHealth } from './service-health.js';
import { targetSameGroup } from './same-group.js';

/** The checks of the family `target/*`. */
export const targetChecks: readonly Check[] = [
  targetExists,
  targetKind,
  targetAccount,
  targetRegion,
  targetNetwork,
  balancerActive,
  instanceRunning,
  targetIntranet,
  targetListener,
  targetProtocol,
  targetAnswers,
  targetCertificate,
  targetHealthy,
  targetHealthyZones,
  targetDeregistrationDelay,
  targetPrivateLink,
  targetCloudMap,
  targetCloudMapHealth,
  targetAccessList,
  targetPrivateDns,
  targetExposed,
  targetSameGroup,
  targetInternet,
  targetServiceHealth,
];
