// A program in CommonJS: TypeScript lets it load ES modules (`module: nodenext`).
import { PrivateIntegrations, isPosternError, type Link } from '@postern/core';
import { parseSpec } from '@postern/core/spec';
import aws = require('@postern/aws');
import alibaba = require('@postern/alibaba');

export async function readyLink(): Promise<Link | undefined> {
  const { project } = parseSpec('version: 1\nproject: shop\n', { file: 'postern.yaml' });
  const gate = new PrivateIntegrations(aws.aws({ region: 'eu-west-1' }), { project });
  try {
    return await gate.ensureLink({ name: 'orders', subnetIds: ['subnet-a'], securityGroupIds: ['sg-1'] });
  } catch (error) {
    if (isPosternError(error, 'WORLD_MOVED')) return undefined;
    throw error;
  }
}

export const clouds = [aws.aws, alibaba.alibaba];
