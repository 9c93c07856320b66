"""The embedding models: MiniLM in int8 by ONNX Runtime, and any model by sentence-transformers."""
