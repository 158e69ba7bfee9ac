import type { RankedCheck } from '../../../do/findings/check.js';
import { ranked } from '../define-check.js';
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
export const targetChecks: readonly RankedCheck[] = ranked({
  420: targetExists,
  430: targetKind,
  440: targetAccount,
  450: targetRegion,
  460: targetNetwork,
  470: balancerActive,
  480: instanceRunning,
  490: targetIntranet,
  500: targetListener,
  510: targetProtocol,
  520: targetAnswers,
  530: targetCertificate,
  540: targetHealthy,
  550: targetHealthyZones,
  560: targetDeregistrationDelay,
  570: targetPrivateLink,
  580: targetCloudMap,
  590: targetCloudMapHealth,
  600: targetAccessList,
  610: targetPrivateDns,
  620: targetExposed,
  630: targetSameGroup,
  640: targetInternet,
  650: targetServiceHealth,
});
