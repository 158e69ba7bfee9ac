// A program in CommonJS: TypeScript lets it load ES modules (`module: nodenext`).
import { clouds as setOf, isPosternError, PrivateIntegrations, type Link } from '@postern/core';
import { parseSpec } from '@postern/core/spec';
import aws = require('@postern/aws');
import alibaba = require('@postern/alibaba');

export async function readyLink(): Promise<Link | undefined> {
  const driver = aws.aws({ region: 'eu-west-1' });
  const { project } = parseSpec('version: 1\nproject: shop\n', { file: 'postern.yaml', clouds: setOf([driver.cloud]) });
  const gate = new PrivateIntegrations(driver, { project });
  try {
    return await gate.ensureLink({ name: 'orders', subnets: ['subnet-a'], securityGroups: ['sg-1'] });
  } catch (error) {
    if (isPosternError(error, 'WORLD_MOVED')) return undefined;
    throw error;
  }
}

export const clouds = [aws.aws, alibaba.alibaba];
