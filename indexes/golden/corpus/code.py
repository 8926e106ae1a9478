def resize(image, width=640, height=480):
    """Resize an iPhone image."""
    return image.scaled(min(width / image.width, height / image.height))
