"""The back's outline: from silhouettes to pelvis, lumbar and thoracic angles."""
