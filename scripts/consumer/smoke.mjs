import * as aws from '@postern/aws';
import * as core from '@postern/core';
import * as simulator from '@postern/simulator';
import smoke from './smoke-body.cjs';

await smoke(core, aws, simulator);
