import { describeConformance } from '@postern/testing/conformance';
import { setUp } from './conformance-setup.js';

describeConformance('alibaba', () => setUp());
