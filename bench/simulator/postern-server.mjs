// A simulation in a process of its own, without throttling and with quotas out of the way.
import { simulate } from '@postern/simulator';

const most = 1_000_000_000;
const quotas = { 'vpc-links': most, vpcs: most, 'network-interfaces': most };
const { url } = await simulate({ throttle: false, quotas }).listen();
console.log(url);
