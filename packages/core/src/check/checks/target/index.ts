import type { RankedCheck } from '../../../do/findings/check.js';
import { ranked } from '../define-check.js';
import { targetAnswers } from './answers.js';
import { balancerActive } from './balancer-active.js';
import { targetCertificate } from './certificate.js';
import { targetDeregistrationDelay } from './deregistration-delay.js';
import { targetExists } from './exists.js';
import { targetExposed } from './exposed.js';
import { targetHealthy } from './healthy.js';
import { targetHealthyZones } from './healthy-zones.js';
import { targetKind } from './kind.js';
import { targetListener } from './listener.js';
import { targetNetwork } from './network.js';
import { targetProtocol } from './protocol.js';
import { targetWeightsOwner } from './weights-owner.js';

/** The checks of the family `target/*`. */
export const targetChecks: readonly RankedCheck[] = ranked({
  420: targetExists,
  430: targetKind,
  460: targetNetwork,
  470: balancerActive,
  500: targetListener,
  510: targetProtocol,
  520: targetAnswers,
  530: targetCertificate,
  540: targetHealthy,
  550: targetHealthyZones,
  560: targetDeregistrationDelay,
  565: targetWeightsOwner,
  620: targetExposed,
});
