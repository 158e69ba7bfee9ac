import * as aws from '@postern/aws';
import * as core from '@postern/core';
import * as testing from '@postern/testing';
import smoke from './smoke-body.cjs';

await smoke(core, aws, testing);
