import { describe } from 'vitest';
import { named } from '../all-checks.js';
import type { Network } from '../../../../src/do/model/network.js';
import { farTarget } from '../far-target.js';
import { VPC } from '../aws-region.js';
import { restWorld, useLinkV1 } from '../rest-world.js';
import { checkTable } from '../run-check.js';
import { awsWorld, type World } from '../world.js';

const linkEncryption = named('link/encryption');

const control =
  (encryption: Network['encryption']) =>
  ({ the }: World): void =>
    void (the('networks', VPC).encryption = encryption);

const farControl = ({ the }: World, encryption: Network['encryption']): void =>
  void (the('networks', 'vpc-9').encryption = encryption);

describe('link/encryption', () => {
  checkTable(linkEncryption, [
    {
      why: 'enforced, without the exclusion of VPC links',
      world: () => awsWorld(control('enforced')),
      verdict: 'unknown',
      severity: 'warning',
      evidence: [VPC],
      remedy: ['apiGatewayV2'],
    },
    { why: 'VPC links are excluded', world: () => awsWorld(control('enforced-without-links')), verdict: 'pass' },
    { why: 'only monitored', world: () => awsWorld(control('monitored')), verdict: 'pass' },
    { why: 'no control', world: () => awsWorld(), verdict: 'nothing' },
    { why: 'not read', world: () => awsWorld(control(undefined)), verdict: 'nothing' },
    {
      why: 'the VPC of a target behind a peering enforces it',
      world: () => awsWorld((world) => (farTarget(world, 'peering'), farControl(world, 'enforced'))),
      verdict: 'unknown',
      severity: 'warning',
      subject: 'target orders',
      evidence: ['vpc-9'],
      remedy: ['vpc-9'],
    },
    {
      why: 'the VPC of a target behind a transit gateway enforces it, and excludes links, which are in another one',
      world: () => awsWorld((world) => (farTarget(world, 'transit'), farControl(world, 'enforced-without-links'))),
      verdict: 'unknown',
      evidence: ['vpc-9'],
    },
    {
      why: 'the VPC of a target monitors it',
      world: () => awsWorld((world) => (farTarget(world, 'peering'), farControl(world, 'monitored'))),
      verdict: 'nothing',
    },
    {
      why: 'a link V1 is in no network of the user',
      world: () =>
        restWorld((world) => {
          useLinkV1(world);
          control('enforced')(world);
        }),
      verdict: 'nothing',
    },
  ]);
});
