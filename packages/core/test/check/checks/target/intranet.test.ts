import { named } from '../all-checks.js';
import { checkTable } from '../run-check.js';
import { alibabaWorld, alibaba, aws } from '../world.js';
import { edit } from '../edits.js';

const targetIntranet = named('target/intranet');

const scheme = (to: 'internet-facing' | undefined) => alibabaWorld(edit({ 'loadBalancers.lb-1.scheme': to }));
checkTable(targetIntranet, {
  internal: [alibaba(), 'pass INTERNAL'],
  'internet-facing, without an address in the VPC': [
    () => scheme('internet-facing'),
    'error PUBLIC',
    { subject: 'target stock', evidence: 'lb-1', remedy: 'internal CLB instance of vpc-h' },
  ],
  'not reported': [() => scheme(undefined), 'unknown SCHEME_NOT_READ'],
  'AWS calls both schemes': [aws(), 'nothing'],
});
