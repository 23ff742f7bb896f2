"""Joint angles in the sagittal plane and the shank against gravity in the frontal plane."""
