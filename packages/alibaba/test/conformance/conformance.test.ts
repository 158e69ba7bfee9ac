import { describeConformance } from '@postern/testing/conformance';
import { setUp } from '../world/conformance-setup.js';

describeConformance('alibaba', (family) => setUp({ family }));
