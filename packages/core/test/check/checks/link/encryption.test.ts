import { named } from '../all-checks.js';
import type { Network } from '../../../../src/do/model/network.js';
import { farTarget } from '../far-target.js';
import { VPC } from '../aws-region.js';
import { useLinkV1, rest } from '../rest-world.js';
import { checkTable } from '../run-check.js';
import { type World, aws } from '../world.js';
import { edit } from '../edits.js';

const linkEncryption = named('link/encryption');

const control = (encryption: Network['encryption']) => edit({ 'networks.vpc-1.encryption': encryption });

const farControl = ({ the }: World, encryption: Network['encryption']): void =>
  void (the('networks', 'vpc-9').encryption = encryption);

checkTable(linkEncryption, {
  'enforced, without the exclusion of VPC links': [
    aws(control('enforced')),
    'unknown warning ENFORCED',
    { evidence: VPC, remedy: 'apiGatewayV2' },
  ],
  'VPC links are excluded': [aws(control('enforced-without-links')), 'pass EXCLUDED'],
  'only monitored': [aws(control('monitored')), 'pass EXCLUDED'],
  'no control': [aws(), 'nothing'],
  'not read': [aws(control(undefined)), 'nothing'],
  'the VPC of a target behind a peering enforces it': [
    aws((world) => (farTarget(world, 'peering'), farControl(world, 'enforced'))),
    'unknown warning TARGET_ENFORCED',
    { subject: 'target orders', evidence: 'vpc-9', remedy: 'vpc-9' },
  ],
  'the VPC of a target behind a transit gateway enforces it, and excludes links, which are in another one': [
    aws((world) => (farTarget(world, 'transit'), farControl(world, 'enforced-without-links'))),
    'unknown TARGET_ENFORCED',
    { evidence: 'vpc-9' },
  ],
  'the VPC of a target monitors it': [
    aws((world) => (farTarget(world, 'peering'), farControl(world, 'monitored'))),
    'nothing',
  ],
  'a link V1 is in no network of the user': [rest(useLinkV1, control('enforced')), 'nothing'],
});
