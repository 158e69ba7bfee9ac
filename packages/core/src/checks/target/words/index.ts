import type { CheckWords } from '../../../findings/statement.js';
import { targetAccessListWords } from './access-list.words.js';
import { targetAccountWords } from './account.words.js';
import { targetAnswersWords } from './answers.words.js';
import { balancerActiveWords } from './balancer-active.words.js';
import { targetCertificateWords } from './certificate.words.js';
import { targetCloudMapWords } from './cloud-map.words.js';
import { targetCloudMapHealthWords } from './cloud-map-health.words.js';
import { targetExistsWords } from './exists.words.js';
import { targetExposedWords } from './exposed.words.js';
import { targetHealthyWords } from './healthy.words.js';
import { targetHealthyZonesWords } from './healthy-zones.words.js';
import { instanceRunningWords } from './instance-running.words.js';
import { targetIntranetWords } from './intranet.words.js';
import { targetKindWords } from './kind.words.js';
import { targetListenerWords } from './listener.words.js';
import { targetNetworkWords } from './network.words.js';
import { targetPrivateDnsWords } from './private-dns.words.js';
import { targetPrivateLinkWords } from './private-link.words.js';
import { targetProtocolWords } from './protocol.words.js';
import { targetRegionWords } from './region.words.js';
import { targetSameGroupWords } from './same-group.words.js';

/** The texts of the checks of the family `target/*`, by check. */
export const targetWords: Readonly<Record<string, CheckWords>> = {
  'target/access-list': targetAccessListWords,
  'target/account': targetAccountWords,
  'target/answers': targetAnswersWords,
  'target/balancer-active': balancerActiveWords,
  'target/certificate': targetCertificateWords,
  'target/cloud-map': targetCloudMapWords,
  'target/cloud-map-health': targetCloudMapHealthWords,
  'target/exists': targetExistsWords,
  'target/exposed': targetExposedWords,
  'target/healthy': targetHealthyWords,
  'target/healthy-zones': targetHealthyZonesWords,
  'target/instance-running': instanceRunningWords,
  'target/intranet': targetIntranetWords,
  'target/kind': targetKindWords,
  'target/listener': targetListenerWords,
  'target/network': targetNetworkWords,
  'target/private-dns': targetPrivateDnsWords,
  'target/private-link': targetPrivateLinkWords,
  'target/protocol': targetProtocolWords,
  'target/region': targetRegionWords,
  'target/same-group': targetSameGroupWords,
};
