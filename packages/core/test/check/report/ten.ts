import { countedCheck, type CountedReport } from '../../../src/check/checks/run.js';
import { ALIBABA_FAULTS } from '../checks/alibaba-faults.js';
import { AWS_FAULTS } from '../checks/aws-faults.js';
import type { Fault } from '../checks/faults.js';
import { alibabaWorld, awsWorld, TAKEN_AT, type World } from '../checks/world.js';
import type { Snapshot } from '../../../src/do/snapshot/snapshot.js';
import type { Spec } from '../../../src/do/spec.js';
import { CLOUDS } from '../../clouds.js';

/** Ten problems on two clouds at once, as a user might have them: each is reported by a different check. */
export function ten(): CountedReport {
  const aws = awsWorld((world) => {
    for (const name of ['blackhole', 'certificate expired', 'open route', 'one zone', 'inbound rule for one subnet']) {
      fault(AWS_FAULTS, name)(world);
    }
    world.region.customDomains = []; // the certificate that expired is then that of the listener alone
  });
  const alibaba = alibabaWorld((world) => {
    for (const name of ['no role', 'instance stopped', 'no stage', 'instance block overlaps a route']) {
      fault(ALIBABA_FAULTS, name)(world);
    }
  });
  const { spec, snapshot } = together(aws, alibaba);
  return countedCheck(snapshot, spec, { clouds: CLOUDS, passes: false });
}

/** A fault by its name. */
export function fault(faults: readonly Fault[], wanted: string): (world: World) => void {
  const [, change] = faults.find(([name]) => name === wanted) ?? [];
  if (change === undefined) throw new Error(`there is no fault ${wanted}`);
  return change;
}

/** One spec, and one snapshot, of two worlds: the links and integrations of the second have their own names. */
function together(first: World, second: World): { readonly spec: Spec; readonly snapshot: Snapshot } {
  const spec = {
    ...first.spec,
    links: { ...first.spec.links, hangzhou: second.linkSpec },
    integrations: { ...first.spec.integrations, shop: { ...second.integration, link: 'hangzhou' } },
    assume: second.spec.assume,
  };
  const regions = [...first.snapshot.regions, ...second.snapshot.regions];
  return { spec: spec as Spec, snapshot: { version: 1, takenAt: TAKEN_AT, regions } };
}
